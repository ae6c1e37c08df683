"""The pages that personal links open: reviews and fact checks, and texts under embargo."""
