"""What predictions are compared with and never shipped: needs the development packages (scikit-learn)."""
