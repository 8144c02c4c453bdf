/** Draws a frozen paper: its sections as sheets of A4 or A3, its blocks as they were worded. Text only, whatever it holds (security.md S11). */
import type { ReactNode } from 'react';
import type { Paper, PaperBlock, PaperSection } from '../../../shared/paper.ts';
import { Drawing } from './drawing.tsx';
import { useFit } from './half.ts';

type Block<K extends PaperBlock['kind']> = Extract<PaperBlock, { kind: K }>;

export function Leaves({ paper, mark }: { paper: Paper; mark: string }): ReactNode {
  return onSheets(paper.sections).map((sections, index) => (
    <article key={index} className={`leaf leaf-${sections[0]?.page ?? 'portrait'}`} lang={paper.language}>
      {sections.map((section, place) => (
        <Section
          key={place}
          section={section}
          mark={index === 0 && section.page !== 'half' ? mark : ''}
          note={index === 0 ? paper.foot.copies : ''}
        />
      ))}
    </article>
  ));
}

/** Two halves share a sheet; every other section starts on a new one. */
function onSheets(sections: readonly PaperSection[]): PaperSection[][] {
  const sheets: PaperSection[][] = [];
  for (const section of sections) {
    const last = sheets.at(-1);
    if (section.page === 'half' && last?.length === 1 && last[0]?.page === 'half') last.push(section);
    else sheets.push([section]);
  }
  return sheets;
}

function Section({ section, mark, note }: { section: PaperSection; mark: string; note: string }): ReactNode {
  const [left, middle, right] = section.under ?? ['', '', ''];
  const part = useFit(section.page === 'half');
  return (
    <section ref={part} className="leaf-part">
      {mark ? <p className="leaf-mark">{mark}</p> : null}
      {section.title === '' ? null : <h1>{section.title}</h1>}
      {section.under ? (
        <p className="leaf-under">
          <span>{left}</span>
          <span>{middle}</span>
          <span>{right}</span>
        </p>
      ) : null}
      {section.blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
      {note ? <p className="leaf-note">{note}</p> : null}
    </section>
  );
}

function BlockView({ block }: { block: PaperBlock }): ReactNode {
  switch (block.kind) {
    case 'facts':
      return <Facts block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'text':
      return (
        <div className={block.tall ? 'leaf-text tall' : 'leaf-text'}>
          {block.title ? <h2>{block.title}</h2> : null}
          {block.lines.map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </div>
      );
    case 'drawing':
      return <Drawing block={block} />;
    case 'signatures':
      return <Signatures people={block.people} seal={block.seal} />;
  }
}

/** Pairs in rows of `columns`; a wide one has a row of its own. */
function Facts({ block }: { block: Block<'facts'> }): ReactNode {
  const rows: Block<'facts'>['facts'][] = [];
  for (const fact of block.facts) {
    const last = rows.at(-1);
    if (last && !fact.wide && !last[0]?.wide && last.length < block.columns) last.push(fact);
    else rows.push([fact]);
  }
  return (
    <table className="leaf-facts">
      <tbody>
        {rows.map((row, index) => (
          <tr key={index} className={row.some((fact) => fact.tall) ? 'tall' : undefined}>
            {row.map((fact, place) => {
              const last = place === row.length - 1;
              return (
                <Fact
                  key={place}
                  label={fact.label}
                  value={fact.value}
                  span={last ? (block.columns - row.length) * 2 + 1 : 1}
                />
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
const Fact = ({ label, value, span }: { label: string; value: string; span: number }): ReactNode => (
  <>
    <th scope="row">{label}</th>
    <td colSpan={span}>{value}</td>
  </>
);

function Table({ block }: { block: Block<'table'> }): ReactNode {
  const { columns, groups } = block;
  const empty = groups.every(({ rows }) => rows.length === 0) && block.empty;
  return (
    <>
      <table className={`leaf-table${columns.length > 9 ? ' dense' : ''}${block.tall ? ' tall' : ''}`}>
        {block.title ? <caption>{block.title}</caption> : null}
        <colgroup>
          {columns.map(({ width }, index) => (
            <col key={index} style={width === undefined ? undefined : { width: `${width}mm` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ label }, index) => (
              <th key={index} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ title, rows }, index) => (
          <tbody key={index}>
            {title ? (
              <tr className="leaf-group">
                <th colSpan={columns.length} scope="rowgroup">
                  {title}
                </th>
              </tr>
            ) : null}
            {rows.map((row, place) => (
              <tr key={place}>
                {columns.map(({ align, mono }, cell) => (
                  <td key={cell} className={`${align ?? 'left'}${mono ? ' mono' : ''}`}>
                    {row[cell]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
        {empty ? (
          <tbody>
            <tr>
              <td colSpan={columns.length}>{empty}</td>
            </tr>
          </tbody>
        ) : null}
      </table>
      {block.signatures ? <Signatures people={block.signatures} /> : null}
    </>
  );
}

function Signatures({ people, seal }: { people: Block<'signatures'>['people']; seal?: string | undefined }): ReactNode {
  return (
    <div className="leaf-signatures">
      {people.map(({ role, date }, index) => (
        <div key={index} className="leaf-signature">
          <span className="leaf-role">{role}</span>
          <span className="leaf-line" />
          {date ? <span className="leaf-date">{date}</span> : null}
        </div>
      ))}
      {seal ? <span className="leaf-seal">{seal}</span> : null}
    </div>
  );
}
