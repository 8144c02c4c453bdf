/**
 * Preloaded before every script (`node --require`): says in one sentence what an older Node would say in forty lines, or
 * not at all (better-sqlite3 13 ends Node 20 with a segmentation fault, security.md F1). Plain CommonJS for that reason.
 */
if (Number(process.versions.node.split('.')[0]) < 24) {
  const zh = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh');
  console.error(
    zh
      ? `网管手账需要 Node 24，当前是 ${process.versions.node}；请在项目文件夹里先运行 npm ci（会自带 Node 24），再用 npm 命令启动。`
      : `Lanbook needs Node 24 and this is ${process.versions.node}; run npm ci in the project folder first (it brings Node 24), then start it through npm.`,
  );
  process.exit(1);
}
