/** The desktop window's menu and its few system dialogs. */
import { messages } from '../catalogue.ts';

export const menu = messages({
  'menu.file': ['文件', 'File'],
  'menu.new_window': ['新建窗口', 'New Window'],
  'menu.save_pdf': ['另存为 PDF…', 'Save as PDF…'],
  'menu.print': ['打印…', 'Print…'],
  'menu.data_folder': ['打开数据文件夹', 'Open Data Folder'],
  'menu.close': ['关闭窗口', 'Close Window'],
  'menu.quit': ['退出网管手账', 'Quit Lanbook'],
  'menu.edit': ['编辑', 'Edit'],
  'menu.undo': ['撤销', 'Undo'],
  'menu.redo': ['重做', 'Redo'],
  'menu.cut': ['剪切', 'Cut'],
  'menu.copy': ['复制', 'Copy'],
  'menu.paste': ['粘贴', 'Paste'],
  'menu.select_all': ['全选', 'Select All'],
  'menu.view': ['视图', 'View'],
  'menu.reload': ['重新载入', 'Reload'],
  'menu.zoom_in': ['放大', 'Zoom In'],
  'menu.zoom_out': ['缩小', 'Zoom Out'],
  'menu.zoom_reset': ['实际大小', 'Actual Size'],
  'menu.full_screen': ['全屏', 'Full Screen'],
  'menu.developer_tools': ['开发者工具', 'Developer Tools'],
  'menu.help': ['帮助', 'Help'],
  'menu.about': ['关于网管手账', 'About Lanbook'],
  'shell.pdf_failed': [
    'PDF 没有保存成功：{{problem}}。请换一个位置再试。',
    'The PDF was not saved: {{problem}}. Choose another place and try again.',
  ],
  'shell.engine_failed': [
    '网管手账的后台反复出错，只好退出。已保存的数据都在；请重新打开，若再次出现，请把日志交给维护人员。',
    'The engine of Lanbook keeps failing, so it has to quit. Everything saved is safe; open it again, and if it comes back, hand the log to whoever maintains it.',
  ],
  'shell.not_built': [
    '界面文件不完整。请重新安装网管手账；如果是从源代码运行，请用 npm start 启动。',
    'The files of the window are not complete. Install Lanbook again, or run npm start if this is the source.',
  ],
});
