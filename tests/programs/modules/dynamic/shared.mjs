export const shared = { count: 0 };
