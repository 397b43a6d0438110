"""What is sent to a visitor beside the page: calendar entries, and Web Push by consent."""
