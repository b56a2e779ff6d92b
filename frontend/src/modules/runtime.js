// The evaluation of modules that do not simply run one after the other: those that await something, those that wait for them,
// and those that `import()` runs. It is the algorithm of the standard's cyclic module records ("Evaluate", "InnerModuleEvaluation",
// "AsyncModuleExecutionFulfilled" and so on), with its names.
const $records = [];
let $clock = 0;

const $LINKED = 0, $EVALUATING = 1, $EVALUATING_ASYNC = 2, $EVALUATED = 3;

function $record(run, requested, awaits) {
    $records.push({
        run, requested, awaits, status: $LINKED, index: 0, ancestor: 0, root: null, order: 0, pending: 0,
        parents: [], failed: false, error: undefined, promise: null, resolve: null, reject: null,
    });
}

function $evaluate(module) {
    if (module.status >= $EVALUATING_ASYNC && module.root !== null) module = module.root;
    if (module.promise !== null) return module.promise;
    module.promise = new Promise((resolve, reject) => {
        module.resolve = resolve;
        module.reject = reject;
    });
    const stack = [];
    try {
        $evaluateInner(module, stack, 0);
        if (module.order === 0) module.resolve(undefined);
    } catch (error) {
        for (const each of stack) {
            each.status = $EVALUATED;
            each.failed = true;
            each.error = error;
        }
        module.reject(error);
    }
    return module.promise;
}

function $evaluateInner(module, stack, index) {
    if (module.status >= $EVALUATING_ASYNC) {
        if (module.failed) throw module.error;
        return index;
    }
    if (module.status === $EVALUATING) return index;
    module.status = $EVALUATING;
    module.index = module.ancestor = index++;
    stack.push(module);
    for (const number of module.requested) {
        let required = $records[number];
        index = $evaluateInner(required, stack, index);
        if (required.status === $EVALUATING) {
            if (required.ancestor < module.ancestor) module.ancestor = required.ancestor;
        } else {
            required = required.root;
            if (required.failed) throw required.error;
        }
        if (required.order > 0) {
            module.pending++;
            required.parents.push(module);
        }
    }
    if (module.pending > 0 || module.awaits) {
        module.order = ++$clock;
        if (module.pending === 0) $executeAsync(module);
    } else {
        module.run();
    }
    if (module.ancestor === module.index) {
        let popped;
        do {
            popped = stack.pop();
            popped.status = popped.order > 0 ? $EVALUATING_ASYNC : $EVALUATED;
            popped.root = module;
        } while (popped !== module);
    }
    return index;
}

function $executeAsync(module) {
    module.run().then(() => $fulfilled(module), (error) => $rejected(module, error));
}

function $gather(module, ready) {
    for (const parent of module.parents) {
        if (ready.includes(parent) || parent.root.failed) continue;
        if (--parent.pending === 0) {
            ready.push(parent);
            if (!parent.awaits) $gather(parent, ready);
        }
    }
}

function $done(module) {
    module.order = -1;
    module.status = $EVALUATED;
    if (module.promise !== null) module.resolve(undefined);
}

function $fulfilled(module) {
    if (module.status === $EVALUATED) return;
    const ready = [];
    $gather(module, ready);
    ready.sort((a, b) => a.order - b.order);
    $done(module);
    for (const parent of ready) {
        if (parent.status === $EVALUATED) continue;
        if (parent.awaits) {
            $executeAsync(parent);
            continue;
        }
        let failed = false, reason;
        try {
            parent.run();
        } catch (error) {
            failed = true;
            reason = error;
        }
        if (failed) $rejected(parent, reason);
        else $done(parent);
    }
}

function $rejected(module, error) {
    if (module.status === $EVALUATED) return;
    module.failed = true;
    module.error = error;
    module.status = $EVALUATED;
    module.order = -1;
    for (const parent of module.parents) $rejected(parent, error);
    if (module.promise !== null) module.reject(error);
}

async function $importModule(number) {
    await undefined;
    const [module, namespace] = $targets[number];
    if (module >= 0) await $evaluate($records[module]);
    return namespace();
}
