//! Mutants of binary images: bit flips, edge values, truncation, splices and changed length fields.
//!
//! Nothing of the format is known here but that integers are little-endian, so it serves bytecode images,
//! snapshots and object files alike. If the format carries a checksum, the caller must repair it in the
//! mutant, or every mutant dies at that one check and the rest is never tested.

use crate::rng::Rng;

/// Values at which integer fields are commonly mishandled; cut to the width of the field.
const EDGE_VALUES: &[u32] = &[
    0,
    1,
    2,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x7fff,
    0x8000,
    0xffff,
    0x1_0000,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_fffe,
    0xffff_ffff,
];

/// Steps of one mutant; more would only be refused at the first of them.
const MAX_STEPS: usize = 4;

/// One change to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// One bit is inverted.
    FlipBit,
    /// One byte gets any value.
    SetByte,
    /// An integer of 1, 2 or 4 bytes gets an edge value.
    EdgeValue,
    /// An integer that could be an offset or length within the image is changed a little, doubled or zeroed.
    LengthField,
    /// The end is cut off.
    Truncate,
    /// A few bytes are removed.
    Remove,
    /// A few random bytes are inserted.
    Insert,
    /// A run of bytes is copied over another place of the image.
    CopyWithin,
    /// A run of bytes of another image is copied over the same place (or a random one).
    Splice,
}

impl Step {
    /// All kinds of steps.
    pub const ALL: [Step; 9] = [
        Step::FlipBit,
        Step::SetByte,
        Step::EdgeValue,
        Step::LengthField,
        Step::Truncate,
        Step::Remove,
        Step::Insert,
        Step::CopyWithin,
        Step::Splice,
    ];
}

/// A changed image and what was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The image.
    pub bytes: Vec<u8>,
    /// The steps that had an effect, in order.
    pub steps: Vec<Step>,
}

/// The mutant of `image` that `seed` determines. Splices take from `donors`, which may be empty.
///
/// The result differs from `image`.
pub fn mutate(image: &[u8], donors: &[&[u8]], seed: u64) -> Mutant {
    let mut rng = Rng::new(seed);
    let mut mutant = Mutant { bytes: image.to_vec(), steps: Vec::new() };
    let wanted = 1 + rng.below(MAX_STEPS);
    // A step may have no effect (a byte set to what it was); the bound keeps a hopeless image from looping.
    for _ in 0..64 {
        let step = Step::ALL[rng.below(Step::ALL.len())];
        let before = mutant.bytes.clone();
        apply(step, &mut mutant.bytes, donors, &mut rng);
        if mutant.bytes != before {
            mutant.steps.push(step);
        }
        if mutant.steps.len() >= wanted && mutant.bytes != image {
            break;
        }
    }
    if mutant.bytes == image {
        mutant.bytes.push(rng.next_u64() as u8);
        mutant.steps.push(Step::Insert);
    }
    mutant
}

/// The mutants of `image` for the seeds `first_seed`, `first_seed + 1` and so on.
pub fn mutants<'a>(
    image: &'a [u8],
    donors: &'a [&'a [u8]],
    first_seed: u64,
) -> impl Iterator<Item = Mutant> + 'a {
    (0..).map(move |n| mutate(image, donors, first_seed.wrapping_add(n)))
}

fn apply(step: Step, bytes: &mut Vec<u8>, donors: &[&[u8]], rng: &mut Rng) {
    if step == Step::Insert {
        let at = rng.below(bytes.len() + 1);
        let inserted: Vec<u8> = (0..rng.between(1, 8)).map(|_| rng.next_u64() as u8).collect();
        bytes.splice(at..at, inserted);
        return;
    }
    if bytes.is_empty() {
        return;
    }
    let at = rng.below(bytes.len());
    match step {
        Step::FlipBit => bytes[at] ^= 1 << rng.below(8),
        Step::SetByte => bytes[at] = rng.next_u64() as u8,
        Step::EdgeValue => {
            let value = EDGE_VALUES[rng.below(EDGE_VALUES.len())];
            let width = 1 << rng.below(3);
            write_integer(bytes, at, width, value);
        }
        Step::LengthField => change_length_field(bytes, at, rng),
        Step::Truncate => bytes.truncate(at),
        Step::Remove => {
            let end = (at + rng.between(1, 8)).min(bytes.len());
            bytes.drain(at..end);
        }
        Step::CopyWithin => {
            let length = rng.between(1, 32).min(bytes.len());
            let from = rng.below(bytes.len() - length + 1);
            let to = rng.below(bytes.len() - length + 1);
            bytes.copy_within(from..from + length, to);
        }
        Step::Splice => {
            let usable: Vec<&[u8]> = donors.iter().copied().filter(|donor| !donor.is_empty()).collect();
            if usable.is_empty() {
                return;
            }
            let donor = usable[rng.below(usable.len())];
            // The same place of another image usually means the same thing there.
            let from = if at < donor.len() && !rng.one_in(3) { at } else { rng.below(donor.len()) };
            let length = rng.between(1, 64).min(donor.len() - from).min(bytes.len() - at);
            bytes[at..at + length].copy_from_slice(&donor[from..from + length]);
        }
        Step::Insert => unreachable!("handled above"),
    }
}

/// Looks from `start` onwards, and then from the front, for an aligned integer that could be a length or an
/// offset within the image, and changes the first one found.
fn change_length_field(bytes: &mut [u8], start: usize, rng: &mut Rng) {
    let width = if rng.one_in(2) { 2 } else { 4 };
    let size = bytes.len();
    let aligned = start / width * width;
    for at in (aligned..size).step_by(width).chain((0..aligned).step_by(width)) {
        let Some(value) = read_integer(bytes, at, width) else { continue };
        if value == 0 || value as usize > size {
            continue;
        }
        let changed = match rng.below(6) {
            0 => value + 1,
            1 => value - 1,
            2 => value * 2,
            3 => 0,
            4 => size as u32,
            _ => value.wrapping_neg(),
        };
        write_integer(bytes, at, width, changed);
        return;
    }
}

fn read_integer(bytes: &[u8], at: usize, width: usize) -> Option<u32> {
    let field = bytes.get(at..at + width)?;
    Some(field.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
}

/// Writes the low `width` bytes of `value`, as far as they lie within the image.
fn write_integer(bytes: &mut [u8], at: usize, width: usize, value: u32) {
    for (place, byte) in bytes.iter_mut().skip(at).zip(value.to_le_bytes().into_iter().take(width)) {
        *place = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    /// An image with a header of counts and offsets, as real ones have.
    fn image(length: usize) -> Vec<u8> {
        let mut bytes = vec![b'J', b'B', 1, 0];
        bytes.extend((length as u32).to_le_bytes());
        bytes.extend([3, 0, 40, 0, 16, 0, 0, 0]);
        let mut rng = Rng::new(length as u64);
        bytes.resize_with(length, || rng.next_u64() as u8);
        bytes
    }

    #[test]
    fn a_seed_determines_the_mutant() {
        let (a, b) = (image(200), image(300));
        for seed in 0..100 {
            assert_eq!(mutate(&a, &[&b], seed), mutate(&a, &[&b], seed));
        }
        let sequence: Vec<Mutant> = mutants(&a, &[&b], 7).take(3).collect();
        assert_eq!(sequence[2], mutate(&a, &[&b], 9));
    }

    #[test]
    fn mutants_differ_and_every_step_occurs() {
        let (a, b) = (image(200), image(300));
        let mut counts: HashMap<Step, usize> = HashMap::new();
        let mut distinct = HashSet::new();
        let (mut same_length, mut near) = (0, 0);
        for seed in 0..2000 {
            let mutant = mutate(&a, &[&b], seed);
            assert_ne!(mutant.bytes, a);
            for step in &mutant.steps {
                *counts.entry(*step).or_default() += 1;
            }
            same_length += usize::from(mutant.bytes.len() == a.len());
            let changed = mutant.bytes.iter().zip(&a).filter(|(x, y)| x != y).count();
            near += usize::from(mutant.bytes.len() == a.len() && changed <= 4);
            distinct.insert(mutant.bytes);
        }
        for step in Step::ALL {
            assert!(counts.get(&step).is_some_and(|&n| n > 200), "{step:?}: {counts:?}");
        }
        // Enough mutants must come past the size checks and fail (or not) at one detail.
        assert!(distinct.len() > 1850, "{}", distinct.len());
        assert!(same_length > 500 && near > 150, "{same_length} {near}");
    }

    #[test]
    fn degenerate_images_are_no_trouble() {
        for seed in 0..200 {
            assert_ne!(mutate(&[], &[], seed).bytes, []);
            assert_ne!(mutate(&[5], &[&[]], seed).bytes, [5]);
        }
    }

    #[test]
    fn length_fields_are_found() {
        let original = image(200);
        let mut hits = 0;
        for seed in 0..100 {
            let mut bytes = original.clone();
            change_length_field(&mut bytes, 0, &mut Rng::new(seed));
            hits += usize::from(bytes[..16] != original[..16]);
        }
        assert!(hits > 80, "{hits}");
    }
}
