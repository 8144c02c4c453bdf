/** What the start command, the two hosts and the menu say. */
import { messages } from '../catalogue.ts';

export const host = messages({
  'start.building': ['正在构建界面，首次启动需要几秒钟…', 'Building the app; the first start takes a few seconds…'],
  'start.build_failed': [
    '构建没有成功，上面是原因；请运行 npm ci 后再试。',
    'The build failed for the reason above; run npm ci and try again.',
  ],
  'start.downloading': ['正在下载 Electron 运行环境（约 120 MB）…', 'Downloading the Electron runtime (about 120 MB)…'],
  'start.no_electron': [
    '这台电脑上没有 Electron 运行环境，也没能下载，已改为在浏览器中打开网管手账；想用桌面版，请把环境变量 ELECTRON_MIRROR 设为 {{mirror}} 后重新运行 npm start。',
    'The Electron runtime is not here and could not be downloaded, so Lanbook opens in your browser; for the desktop app, set ELECTRON_MIRROR={{mirror}} and run npm start again.',
  ],
  'start.no_screen': [
    '这里没有图形界面，已改为浏览器方式：请在本机浏览器中打开下面的链接。',
    'There is no screen here, so Lanbook runs for a browser: open the link below on this computer.',
  ],
  'start.electron_failed': [
    'Electron 没能启动（退出码 {{code}}），已改为在浏览器中打开网管手账。',
    'Electron could not start (exit code {{code}}), so Lanbook opens in your browser.',
  ],
  'start.bad_option': [
    '看不懂的启动选项：{{problem}}。可用选项：--host electron|browser、--no-open、--port 端口、--data 文件夹、--lang zh-CN|en-US。',
    'Unknown start option: {{problem}}. Options: --host electron|browser, --no-open, --port N, --data DIR, --lang zh-CN|en-US.',
  ],
  'start.port_taken': [
    '端口 {{port}} 已被别的程序占用，请换一个端口，或用 --port 0 自动选择。',
    'Port {{port}} is taken by another program; choose another one, or let --port 0 find a free one.',
  ],
  'browser.hint': [
    '链接只能用一次。按回车可得到新的链接，按 Ctrl+C 退出。',
    'The link works once. Press Enter for a new one, Ctrl+C to quit.',
  ],
  'browser.opening': ['正在打开网管手账…', 'Opening Lanbook…'],
  'browser.replayed': [
    '同一个链接被打开了两次。为安全起见，两个窗口都已断开；请按回车取得新的链接。',
    'One link was opened twice. To be safe both windows were disconnected; press Enter for a new link.',
  ],
  'browser.idle': [
    '已有 30 分钟没有打开的窗口，网管手账已退出，数据都已保存。',
    'No window has been open for 30 minutes, so Lanbook has quit; everything is saved.',
  ],
});
