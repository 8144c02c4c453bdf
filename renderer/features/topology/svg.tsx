/** The drawing of form F-07 as a file of its own: the same shapes as on paper. */
import type { Paper } from '../../../shared/paper.ts';
import { saveFile } from '../../ui/files.ts';
import { Drawing } from '../papers/drawing.tsx';

const FONTS = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif";

export async function saveSvg(paper: Paper, name: string): Promise<void> {
  const block = paper.sections.flatMap(({ blocks }) => blocks).find(({ kind }) => kind === 'drawing');
  if (block?.kind !== 'drawing') return;
  const { renderToStaticMarkup } = await import('react-dom/server');
  const markup = renderToStaticMarkup(<Drawing block={block} />);
  const svg = markup.slice(markup.indexOf('<svg'), markup.lastIndexOf('</svg>') + '</svg>'.length);
  const alone = svg.replace('<svg', `<svg xmlns="http://www.w3.org/2000/svg" font-family="${FONTS}"`);
  saveFile(`${name}.svg`, `<?xml version="1.0" encoding="UTF-8"?>\n${alone}\n`, 'image/svg+xml');
}
