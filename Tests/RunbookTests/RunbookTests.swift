// Runbook
