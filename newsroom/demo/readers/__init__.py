"""What the demo shows of readers and journalists: subscribers, enquiries, how often pages are opened."""
