/** Our tokens in the component library's words. */
import { theme, type ThemeConfig } from 'antd';
import { dark, light, type Tokens } from '../tokens.ts';

const FONT = '"Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
export const FONT_MONO =
  '"Cascadia Mono", Consolas, "SF Mono", Menlo, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

/** Whether the system asks for less movement. */
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

/** `key` per theme: with one key the first sheet would go on overriding the other's variables (stack.md §2). */
export function antdTheme(isDark: boolean): ThemeConfig {
  const tokens: Tokens = isDark ? dark : light;
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: isDark ? 'lanbook-dark' : 'lanbook-light' },
    hashed: false,
    token: {
      fontFamily: FONT,
      fontFamilyCode: FONT_MONO,
      fontSize: 14,
      fontSizeSM: 12,
      borderRadius: 4,
      controlHeight: 32,
      controlHeightSM: 24,
      wireframe: false,
      motion: !calm,
      motionUnit: 0.05,
      colorPrimary: tokens.accent,
      colorInfo: tokens.accent,
      colorLink: tokens.accent,
      colorLinkHover: tokens.accent,
      colorSuccess: tokens.good,
      colorWarning: tokens.warn,
      colorInfoBg: tokens.workTint,
      colorSuccessBg: tokens.goodTint,
      colorWarningBg: tokens.warnTint,
      colorErrorBg: tokens.badTint,
      colorInfoBorder: tokens.line,
      colorSuccessBorder: tokens.line,
      colorWarningBorder: tokens.line,
      colorErrorBorder: tokens.line,
      colorError: tokens.bad,
      colorText: tokens.ink,
      colorTextHeading: tokens.ink,
      colorTextSecondary: tokens.ink2,
      colorTextTertiary: tokens.ink3,
      colorTextDescription: tokens.ink3,
      colorTextPlaceholder: tokens.ink3,
      colorTextDisabled: tokens.ink3,
      colorTextLightSolid: tokens.onAccent,
      colorBgBase: tokens.sheet,
      colorBgLayout: tokens.paper,
      colorBgContainer: tokens.sheet,
      colorBgElevated: tokens.raised,
      colorBgSpotlight: tokens.ink,
      colorBorder: tokens.edge,
      colorBorderSecondary: tokens.line,
      colorSplit: tokens.line,
      colorBgMask: isDark ? 'rgb(0 0 0 / 50%)' : 'rgb(27 34 38 / 28%)',
      controlItemBgHover: tokens.hover,
      controlItemBgActive: tokens.chosen,
      controlItemBgActiveHover: tokens.chosen,
      boxShadow: '0 4px 16px rgb(0 0 0 / 12%)',
      boxShadowSecondary: '0 6px 20px rgb(0 0 0 / 14%)',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Tooltip: { colorTextLightSolid: tokens.sheet, colorBgSpotlight: tokens.ink },
      Drawer: { paddingLG: 20, padding: 12, footerPaddingBlock: 10, footerPaddingInline: 20 },
      Modal: { titleFontSize: 15 },
      Tree: { titleHeight: 28, indentSize: 16 },
      Select: { optionSelectedBg: tokens.chosen, optionActiveBg: tokens.hover },
      Tag: { defaultBg: tokens.offTint, defaultColor: tokens.ink },
    },
  };
}
