//! Real faults on request, in a package that only tests build: what a defect of ours would do.

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The fault that a question asks for.
pub(crate) fn of(call: &JsValue) -> String {
    let fault = Reflect::get(call, &"fault".into()).ok();
    fault.and_then(|it| it.as_string()).unwrap_or_default()
}

pub(crate) async fn before(fault: &str) {
    match fault {
        "panic" => stop(),
        "late" => {
            let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
            stop();
        }
        "trap" => {
            let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
            core::arch::wasm32::unreachable();
        }
        "stack" => {
            let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
            let _ = deeper(1);
        }
        "memory" => {
            let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
            // More than a module of 32 bits can address.
            for _ in 0..3 {
                std::mem::forget(std::hint::black_box(Vec::<u8>::with_capacity(0x7000_0000)));
            }
        }
        _ => {}
    }
}

pub(crate) fn after(fault: &str) {
    if fault == "after" {
        stop();
    }
}

#[allow(clippy::panic)] // It is what this is for.
fn stop() {
    panic!("a fault that a test asked for");
}

#[allow(unconditional_recursion)]
fn deeper(n: u64) -> u64 {
    let room = std::hint::black_box([n; 64]);
    deeper(n + 1) + room.iter().sum::<u64>()
}
