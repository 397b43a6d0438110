"""Tickets on paper: a small service beside a kiosk that draws a stub and drives an ESC/POS printer."""
