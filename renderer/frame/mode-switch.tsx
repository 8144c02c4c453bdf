/** Light or dark, one press; the settings screen also offers "as the system". */
import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { isDark, setMode, useMode } from '../theme.ts';

export function ModeSwitch(): ReactNode {
  const t = useText();
  const dark = useMode(isDark);
  return (
    <Button
      type="text"
      icon={dark ? <SunOutlined /> : <MoonOutlined />}
      aria-label={t(dark ? 'frame.light' : 'frame.dark')}
      title={t(dark ? 'frame.light' : 'frame.dark')}
      onClick={() => setMode(dark ? 'light' : 'dark')}
    />
  );
}
