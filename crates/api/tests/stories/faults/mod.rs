//! Faults of what the API stands on. Whatever happens, figures stay while it does, and once it
//! has passed every one of them is what SQL computes: no row is missed and none is doubled.

mod backup;
mod clock;
mod disk;
mod failover;
mod killed;
mod killed_database;
mod migration;
mod network;
mod pool;
mod process;
mod readers;
mod slow;
mod writers;

/// Wednesday afternoon, far from any change of clocks.
const NOW: &str = "2026-06-17T13:47:21Z";
