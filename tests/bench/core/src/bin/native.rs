//! The same natively, beside what others would take: one JSON object of milliseconds, several runs each.

use std::time::Instant;

fn timed(runs: u32, mut work: impl FnMut()) -> Vec<f64> {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect()
}

fn main() {
    let letter = cadence_bench::letter();
    let infer = timed(15, || {
        std::hint::black_box(cadence_bench::infer_many(100));
    });
    let plan = timed(7, || {
        std::hint::black_box(cadence_bench::plan_many(100_000));
    });
    // A language guess over the letter and one telephone number: less than half of what `infer` does.
    let peers = timed(15, || {
        for _ in 0..100 {
            std::hint::black_box(whatlang::detect(&letter));
            let number = phonenumber::parse(None, "+55 92 3550-0131");
            std::hint::black_box(number.is_ok_and(|number| phonenumber::is_valid(&number)));
        }
    });
    println!(
        "{{\"infer\":{infer:?},\"plan\":{plan:?},\"peers\":{peers:?},\"bytes\":{},\"sum\":{}}}",
        letter.len(),
        cadence_bench::plan_many(1000)
    );
}
