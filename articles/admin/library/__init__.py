"""The media library in the admin: pictures and files, their uploads, and the clearance of what writers upload."""
