console.log("broken runs"); throw new Error("no module");
