"""The admin of journalists, press lists, sendings, enquiries and coverage."""
