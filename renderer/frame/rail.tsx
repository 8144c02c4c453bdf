/** The left rail: at most ten items, only those that have a screen. Ctrl+1..9 go to them; it folds to icons. */
import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useEffect, useEffectEvent, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { keepText, keptText } from '../kept.ts';
import { go, to } from '../route.ts';
import { groups, screens, type Group } from '../screens.ts';
import { isComposing } from '../ui/keys.ts';
import { Brand } from './brand.tsx';
import { groupIcons } from './group-icons.tsx';

const KEPT = 'rail';
/** A 1366 px screen at 150 % leaves 911: there the rail starts folded, unless the user has said otherwise. */
const narrowWindow = matchMedia('(max-width: 1100px)');
const onNarrow = (changed: () => void): (() => void) => {
  narrowWindow.addEventListener('change', changed);
  return () => narrowWindow.removeEventListener('change', changed);
};
/** The rail's items: each group that has a screen, with the first of its screens. */
const items = groups.flatMap((group) => {
  const first = screens.find((screen) => screen.group === group);
  return first ? [{ group, path: first.path }] : [];
});

export function Rail({ current }: { current: Group | null }): ReactNode {
  const t = useText();
  const narrow = useSyncExternalStore(onNarrow, () => narrowWindow.matches);
  const [chosen, setChosen] = useState(keptText(KEPT));
  const folded = chosen === null ? narrow : chosen === 'folded';
  const fold = (): void => {
    const next = folded ? 'open' : 'folded';
    keepText(KEPT, next);
    setChosen(next);
  };
  useNumberKeys();
  return (
    <nav className={folded ? 'rail folded' : 'rail'} aria-label={t('frame.rail')}>
      <a className="brand" href={to('today')} aria-label={t('app.name')}>
        <Brand />
        <span className="rail-word">{t('app.name')}</span>
      </a>
      <ul>
        {items.map(({ group, path }, index) => {
          const label = t(`nav.group.${group}`);
          const link = (
            <a
              href={to(...path.split('/'))}
              className={group === current ? 'rail-item current' : 'rail-item'}
              aria-current={group === current ? 'page' : undefined}
              aria-label={folded ? label : undefined}
            >
              <span className="rail-icon" aria-hidden="true">
                {groupIcons[group]}
              </span>
              <span className="rail-word">{label}</span>
            </a>
          );
          return (
            <li key={group}>
              <Tooltip title={folded ? `${label}  Ctrl+${index + 1}` : ''} placement="right">
                {link}
              </Tooltip>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        className="rail-fold"
        onClick={fold}
        aria-expanded={!folded}
        aria-label={t(folded ? 'frame.unfold' : 'frame.fold')}
      >
        {folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        <span className="rail-word">{t('frame.fold')}</span>
      </button>
    </nav>
  );
}

function useNumberKeys(): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isComposing(event) || !event.ctrlKey || event.altKey || event.shiftKey || !/^[1-9]$/.test(event.key)) return;
    const item = items[Number(event.key) - 1];
    if (!item) return;
    event.preventDefault();
    go(item.path);
  });
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
