"""Where the parts are put together: settings, addresses and the application."""
