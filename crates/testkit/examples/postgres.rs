//! A throw-away PostgreSQL for many test programs: prints its address and runs for as
//! long as its standard input stays open, so that it never outlives who asked for it.

use std::process::ExitCode;

use testkit::Postgres;

fn main() -> ExitCode {
    let cluster = match Postgres::start() {
        Ok(cluster) => cluster,
        Err(missing) => {
            eprintln!("{missing}");
            return ExitCode::FAILURE;
        }
    };
    println!("{}", cluster.url("postgres"));
    // Ends with an error or at the end of input: either way nobody needs it any more.
    let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
    ExitCode::SUCCESS
}
