//! What properties hold, by name and by the object literals that make the objects.
use super::super::kind::{Kind, MAX_SITES, Site};
use super::places::grow;
use crate::module::{Imm, InstData, Module};
use crate::op::Op;
use crate::types::{FuncId, StrId, Value};
use std::collections::HashMap;

/// Kinds of properties.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// By the site of the objects' literal, `None` for all others.
    kinds: HashMap<(Option<Site>, StrId), Kind>,
    /// The site of each object literal that is told from others, by its result.
    sites: HashMap<(FuncId, Value), Site>,
    /// The names that each site's objects have from the start.
    keys: Vec<Vec<StrId>>,
    /// A property may be deleted.
    deletes: bool,
}

impl Fields {
    pub(super) fn of(module: &Module) -> Fields {
        let mut fields = Fields::default();
        for (i, function) in module.functions.iter().enumerate() {
            for (_, inst) in function.live_insts() {
                match (inst.op, &inst.imm, inst.result) {
                    (Op::NewObject, Imm::Keys(keys), Some(result))
                        if fields.keys.len() < MAX_SITES as usize =>
                    {
                        fields.sites.insert((FuncId(i as u32), result), fields.keys.len() as Site);
                        fields.keys.push(keys.clone());
                    }
                    (Op::DeleteProp | Op::DeleteElem, ..) => fields.deletes = true,
                    _ => {}
                }
            }
        }
        fields
    }

    /// The kind of what an object literal makes.
    pub(super) fn literal(&self, id: FuncId, inst: &InstData) -> Kind {
        let site = inst.result.and_then(|result| self.sites.get(&(id, result)));
        Kind::literal(site.copied())
    }

    /// Takes in that a property of objects of a kind is set; whether anything grew.
    pub(super) fn grow(&mut self, object: Kind, name: StrId, kind: Kind) -> bool {
        let mut grew = false;
        for site in object.sites() {
            grew |= grow(self.kinds.entry((site, name)).or_insert(Kind::NONE), kind);
        }
        grew
    }

    /// What a property of objects of a kind has been set to.
    pub(super) fn read(&self, object: Kind, name: StrId) -> Kind {
        let kind = |site| self.kinds.get(&(site, name)).copied().unwrap_or(Kind::NONE);
        object.sites().map(kind).fold(Kind::NONE, Kind::join)
    }

    /// What a property of any object has been set to.
    pub(super) fn of_any(&self, name: StrId) -> Kind {
        self.read(Kind::OBJECT, name)
    }

    /// Whether all objects of a kind have had a property since they were made.
    pub(super) fn are_own(&self, object: Kind, name: StrId) -> bool {
        let has = |site: Option<Site>| {
            let keys = site.and_then(|site| self.keys.get(site as usize));
            keys.is_some_and(|keys| keys.contains(&name))
        };
        !self.deletes && object.sites().all(has)
    }
}
