/** The left rail: at most ten items, only those that have a screen. Ctrl+1..9 go to them; it folds to icons. */
import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { go, to } from '../route.ts';
import { groups, screens, type Group } from '../screens.ts';
import { isComposing } from '../ui/keys.ts';
import { groupIcons } from './group-icons.tsx';

const KEPT = 'lanbook-rail';
/** The rail's items: each group that has a screen, with the first of its screens. */
const items = groups.flatMap((group) => {
  const first = screens.find((screen) => screen.group === group);
  return first ? [{ group, path: first.path }] : [];
});

export function Rail({ current }: { current: Group | null }): ReactNode {
  const t = useText();
  const [folded, setFolded] = useState(localStorage.getItem(KEPT) === 'folded');
  const fold = (): void => {
    localStorage.setItem(KEPT, folded ? 'open' : 'folded');
    setFolded(!folded);
  };
  useNumberKeys();
  return (
    <nav className={folded ? 'rail folded' : 'rail'} aria-label={t('frame.rail')}>
      <a className="brand" href={to('today')} aria-label={t('app.name')}>
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <rect x="5" y="2.5" width="15" height="19" rx="2" className="brand-cover" />
          <path d="M3 7h4M3 12h4M3 17h4" className="brand-ring" />
          <path d="M10.5 8.5h6v5h-2v2h-2v-2h-2z" className="brand-port" />
        </svg>
        <span className="rail-word">{t('app.name')}</span>
      </a>
      <ul>
        {items.map(({ group, path }, index) => {
          const label = t(`nav.group.${group}`);
          const link = (
            <a href={to(...path.split('/'))} className={group === current ? 'rail-item current' : 'rail-item'} aria-current={group === current ? 'page' : undefined} aria-label={folded ? label : undefined}>
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
      <button type="button" className="rail-fold" onClick={fold} aria-expanded={!folded} aria-label={t(folded ? 'frame.unfold' : 'frame.fold')}>
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
