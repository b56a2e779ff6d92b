import QuickLRU from "quick-lru";

const l = new QuickLRU({ maxSize: 2 });
l.set("a", 1);
l.set("b", 2);
l.set("c", 3);
console.log(l.get("a"), l.get("c"), l.size);
