/** The top of the window: the search box that finds everything, and what can be started from anywhere. */
import { SearchOutlined, ToolOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { openQuickTicket } from '../features/tickets/quick-store.ts';
import { Key } from '../ui/text.tsx';
import { openPalette } from './palette.tsx';
import { ModeSwitch } from './mode-switch.tsx';

export function TopBar(): ReactNode {
  const t = useText();
  return (
    <header className="top">
      <button type="button" className="top-search" onClick={() => openPalette()}>
        <SearchOutlined />
        <span>{t('frame.searchHint')}</span>
        <Key>Ctrl K</Key>
      </button>
      <span className="grid-space" />
      <Button icon={<ToolOutlined />} title="Ctrl+N" onClick={() => openQuickTicket()}>
        {t('tickets.quick')}
      </Button>
      <ModeSwitch />
    </header>
  );
}
