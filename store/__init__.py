"""What must outlive a workflow."""
