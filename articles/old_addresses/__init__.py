"""Old addresses of a former system: finding where one leads, and counting how often it is asked for."""
