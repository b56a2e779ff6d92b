console.log("quick"); try { later; } catch (e) { console.log(e.name); }
