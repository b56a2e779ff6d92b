//! The collector: invariants, weak tables, and random mutation of an object graph against a model.

use crate::memory::load;
use crate::testing::{key, machine, text};
use crate::value::{Key, Slot, Value};
use crate::vm::{Options, Vm, root};

/// A small deterministic generator (xorshift).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as u32 % bound
    }
}

#[test]
fn garbage_is_freed_and_the_rest_moves() {
    let mut vm = machine(64 << 10);
    let [kept, drop] = vm.slots().unwrap();
    for i in 0..100 {
        vm.new_object().unwrap().store(drop);
        if i == 50 {
            vm.new_object().unwrap().store(kept);
        }
    }
    vm.set(drop, Value::UNDEFINED);
    vm.collect();
    vm.collect();
    assert!(vm.statistics().heap_used <= 16 + 4);
    assert!(vm.get(kept).is_object());
    vm.check_heap().unwrap();
}

#[test]
fn leaves_are_told_from_garbage_by_their_roots_alone() {
    let mut vm = machine(64 << 10);
    let slots: [Slot; 6] = vm.slots().unwrap();
    vm.collect();
    for (i, slot) in slots.into_iter().enumerate() {
        vm.number(0.5 + i as f64).unwrap();
        match i % 3 {
            0 => vm.number(i as f64 / 8.0 + 1e9).unwrap().store(slot),
            1 => vm.new_string("twelve bytes".as_bytes()).unwrap().store(slot),
            _ => vm.new_string(&[b'x'; 70_000 / 4]).unwrap().store(slot),
        }
    }
    // Two references to one, and one that nobody refers to.
    vm.copy(slots[1], slots[5]);
    vm.set(slots[2], Value::UNDEFINED);
    let before = vm.statistics().heap_used;
    vm.compact_leaves();
    assert!(vm.statistics().heap_used < before - 2 * (70_000 / 4));
    assert_eq!(vm.get(slots[0]).as_number(), Some(1e9));
    assert_eq!(vm.get(slots[3]).as_number(), Some(3.0 / 8.0 + 1e9));
    assert_eq!(vm.flat_text(slots[4]), b"twelve bytes");
    assert_eq!(vm.flat_text(slots[5]), b"twelve bytes");
    assert_eq!(vm.get(slots[1]).word(), vm.get(slots[5]).word());
    vm.check_heap().unwrap();
}

#[test]
fn a_pair_of_numbers_takes_twelve_bytes() {
    let mut vm = machine(64 << 10);
    let [object] = vm.slots().unwrap();
    vm.collect();
    vm.collect();
    let before = vm.statistics().heap_used;
    vm.new_object_of_shape(jerboa_abi::image::FIRST_SHAPE + 3, 0).unwrap().store(object);
    assert!(vm.statistics().heap_used - before <= 12 + 4);
}

#[test]
fn long_chains_need_no_stack() {
    let mut vm = machine(1 << 20);
    let next = key(&mut vm, "next");
    let [head, cell] = vm.slots().unwrap();
    let count = if cfg!(feature = "gc-stress") { 300 } else { 30_000 };
    for _ in 0..count {
        vm.new_object().unwrap().store(cell);
        vm.set_property(cell, next, head).unwrap();
        vm.copy(cell, head);
    }
    vm.set(cell, Value::UNDEFINED);
    vm.collect();
    let mut length = 0;
    while vm.get(head).is_object() {
        length += 1;
        vm.get_property(head, next).unwrap().store(head);
    }
    assert_eq!(length, count);
}

#[test]
fn atoms_die_with_their_last_reference() {
    let mut vm = machine(64 << 10);
    let mark = vm.mark();
    for i in 0..40 {
        let name = text(&mut vm, &format!("dynamic{i}"));
        vm.to_property_key(name).unwrap();
        let same = text(&mut vm, &format!("dynamic{i}"));
        vm.to_property_key(same).unwrap();
        assert!(vm.get(same) == vm.get(name), "atoms are unique");
    }
    let table = vm.root(root::ATOMS);
    assert!(crate::heap::store_len(load(table)) >= 40);
    vm.release(mark);
    vm.collect();
    assert_eq!(vm.atom_count.get(), 0);
    // The table works on afterwards.
    let a = text(&mut vm, "dynamic1");
    let b = text(&mut vm, "dynamic1");
    vm.to_property_key(a).unwrap();
    vm.to_property_key(b).unwrap();
    assert!(vm.get(a) == vm.get(b));
}

#[test]
fn side_table_entries_die_with_their_owner_even_in_a_ring() {
    let mut vm = machine(64 << 10);
    let mark = vm.mark();
    let [value] = vm.slots().unwrap();
    for _ in 0..50 {
        let [closure] = vm.slots().unwrap();
        // The prototype refers back to the function.
        vm.new_closure(crate::testing::functions::POINT, value, 1).unwrap().store(closure);
        vm.get_by_name(closure, "prototype").unwrap().store(value);
        assert!(vm.get(value).is_object());
    }
    assert_eq!(vm.side_count.get(), 50);
    vm.collect();
    assert_eq!(vm.side_count.get(), 50, "all owners are on the stack");
    vm.release(mark);
    vm.collect();
    assert_eq!(vm.side_count.get(), 0);
    assert!(vm.statistics().heap_used < 1200, "what is left is the table itself and shapes");
}

#[test]
fn side_table_stays_sorted_and_right_while_owners_move() {
    let mut vm = machine(256 << 10);
    let marker = key(&mut vm, "marker");
    let [value] = vm.slots().unwrap();
    let mut closures = Vec::new();
    let mut random = Random(7);
    for i in 0..200 {
        let [closure] = vm.slots().unwrap();
        vm.new_closure(crate::testing::functions::FIRST, value, 1).unwrap().store(closure);
        closures.push((i, closure));
    }
    // Properties in an order that is not that of the addresses.
    let mut order = closures.clone();
    for i in (1..order.len()).rev() {
        order.swap(i, random.below(i as u32 + 1) as usize);
    }
    for &(i, closure) in &order {
        Value::int(i).unwrap().store(value);
        vm.set_property(closure, marker, value).unwrap();
    }
    for &(i, closure) in &closures {
        if i % 3 == 0 {
            vm.set(closure, Value::UNDEFINED);
        }
    }
    vm.collect();
    for &(i, closure) in &closures {
        if i % 3 != 0 {
            assert_eq!(vm.get_property(closure, marker).unwrap().as_int(), Some(i));
        }
    }
}

/// A graph of objects with integer-named and named edges, mutated at random, is at all times isomorphic to its model.
#[test]
fn random_graphs_agree_with_a_model() {
    let rounds = if cfg!(feature = "gc-stress") { 400 } else { 6000 };
    for seed in 1..=4 {
        let mut vm = machine(24 << 10);
        let mut random = Random(seed);
        let names: Vec<Key> = (0..6).map(|i| key(&mut vm, &format!("edge{i}"))).collect();
        const ROOTS: usize = 8;
        let roots: [Slot; ROOTS] = vm.slots().unwrap();
        let [scratch] = vm.slots().unwrap();
        // Model nodes: edges to other nodes.
        let mut nodes: Vec<[Option<usize>; 6]> = Vec::new();
        let mut model = [None::<usize>; ROOTS];
        for _ in 0..rounds {
            let a = random.below(ROOTS as u32) as usize;
            let b = random.below(ROOTS as u32) as usize;
            let edge = random.below(6) as usize;
            match random.below(5) {
                0 => {
                    match random.below(3) {
                        0 => vm.new_object().unwrap().store(roots[a]),
                        1 => vm.new_object_of_shape(crate::shape::OBJECT, 1).unwrap().store(roots[a]),
                        _ => vm.new_array(0).unwrap().store(roots[a]),
                    }
                    nodes.push([None; 6]);
                    model[a] = Some(nodes.len() - 1);
                }
                1 => {
                    vm.set(roots[a], Value::UNDEFINED);
                    model[a] = None;
                }
                2 => {
                    if let (Some(x), Some(y)) = (model[a], model[b]) {
                        // Keep the graph small: cut it off from time to time.
                        vm.set_property(roots[a], names[edge], roots[b]).unwrap();
                        nodes[x][edge] = Some(y);
                    }
                }
                3 => {
                    if let Some(x) = model[a] {
                        vm.get_property(roots[a], names[edge]).unwrap().store(roots[b]);
                        model[b] = nodes[x][edge];
                    }
                }
                _ => {
                    if let Some(x) = model[a] {
                        if random.below(2) == 0 {
                            vm.delete_property(roots[a], names[edge]).unwrap();
                            nodes[x][edge] = None;
                        } else {
                            vm.get_property(roots[a], names[edge]).unwrap().store(scratch);
                            assert_eq!(vm.get(scratch).is_object(), nodes[x][edge].is_some());
                        }
                    }
                }
            }
            if random.below(200) == 0 {
                vm.collect();
            }
            // Identity: two roots are the same object exactly if the model says so.
            assert_eq!(
                vm.get(roots[a]) == vm.get(roots[b]) && model[a].is_some(),
                model[a] == model[b] && model[a].is_some()
            );
        }
        vm.check_heap().unwrap();
        assert!(vm.statistics().collections > 3);
    }
}

#[test]
fn shapes_die_with_their_last_object() {
    let mut vm = machine(32 << 10);
    let [prototype, object, value] = vm.slots().unwrap();
    let name = key(&mut vm, "some name");
    // Far more prototypes and shapes than the heap could hold at once.
    for _ in 0..3000 {
        vm.new_object().unwrap().store(prototype);
        vm.new_object_with_prototype(prototype, 1).unwrap().store(object);
        vm.set_property(object, name, value).unwrap();
    }
    assert!(vm.shape_count.get() < 2000, "6000 were asked for");
    // A chain of prototypes that only the last object keeps alive.
    for i in 0..100 {
        Value::int(i).unwrap().store(value);
        vm.set_property(object, name, value).unwrap();
        vm.copy(object, prototype);
        vm.new_object_with_prototype(prototype, 1).unwrap().store(object);
    }
    vm.set(prototype, Value::UNDEFINED);
    vm.collect();
    for i in (0..100).rev() {
        let word = vm.prototype_of(object).word();
        crate::memory::store(object.address(), word);
        vm.get_property(object, name).unwrap().store(value);
        assert_eq!(vm.get(value).as_int(), Some(i));
    }
    vm.check_heap().unwrap();
}

#[test]
fn statistics_have_peaks() {
    let mut vm = machine(64 << 10);
    let [list] = vm.slots().unwrap();
    vm.new_array_with_length(2000).unwrap().store(list);
    vm.collect();
    vm.set(list, Value::UNDEFINED);
    vm.collect();
    let statistics = vm.statistics();
    assert!(statistics.heap_peak >= 2000);
    assert!(statistics.heap_used < 100);
    assert!(statistics.collections >= 2);
}

#[test]
fn a_machine_is_small() {
    // Words of a 32-bit target: pointers of the host count double.
    let pointers = 10;
    // What only hosts with the compiler have.
    #[cfg(feature = "evaluate")]
    let of_host = size_of::<(Option<crate::vm::Evaluator>, u32)>();
    #[cfg(not(feature = "evaluate"))]
    let of_host = 0;
    let words = (size_of::<Vm>() - of_host - pointers * 8) / 4 + pointers;
    assert!(4 * words + 4 * root::COUNT as usize <= 208, "{words} words");
}

#[test]
fn two_kilobytes_are_enough_for_a_machine() {
    let mut vm = machine(2 << 10);
    let [object] = vm.slots().unwrap();
    vm.new_object().unwrap().store(object);
    assert!(vm.statistics().heap_size > 1400, "{:?}", vm.statistics());
    let tiny = crate::testing::load_image(&crate::testing::image_bytes(&[]), 256, Options::default());
    assert_eq!(tiny.err(), Some(crate::ImageError::ArenaTooSmall));
}
