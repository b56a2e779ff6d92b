console.log("c"); var shared = "of c"; function helper() { return shared; } console.log(helper());
