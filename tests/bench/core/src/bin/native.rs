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
    let mailbox = cadence_bench::Mailbox::new(100_000).expect("the places are known");
    let plan = timed(15, || {
        std::hint::black_box(mailbox.plan_all());
    });
    // A language guess over the letter and one telephone number: less than half of what `infer` does.
    let peers = timed(15, || {
        for _ in 0..100 {
            std::hint::black_box(whatlang::detect(&letter));
            let number = phonenumber::parse(None, "+55 92 3550-0131");
            std::hint::black_box(number.is_ok_and(|number| phonenumber::is_valid(&number)));
        }
    });
    // The peers plan these, and have to find the same.
    let few = cadence_bench::Mailbox::new(2_000).expect("the places are known");
    let planned: Vec<_> = few.plan().collect();
    let found = serde_json::json!({
        "infer": infer,
        "plan": plan,
        "peers": peers,
        "bytes": letter.len(),
        "sum": mailbox.plan_all(),
        "facts": few.facts(),
        "planned": planned,
    });
    println!("{found}");
}
