// Runs before any module. The page's policy forbids making code from text; zod asks for that once unless it is told here,
// before the first schema exists, and the browser would report the question as a violation.
globalThis.__zod_globalConfig = { jitless: true };
