"""Measurements that take the whole repository: accuracy, differences between commits, reflow."""
