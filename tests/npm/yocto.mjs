import Queue from "yocto-queue";

const q = new Queue();
q.enqueue(1);
q.enqueue(2);
console.log(q.size, q.dequeue(), [...q].join(), q.peek());
