//! Runs of bills on the disk: the ledger, issued files that never change, damaged records.
