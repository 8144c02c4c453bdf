import { messages } from '../catalogue.ts';

export const transfer = messages({
  'refusal.sheet_broken': ['这个文件已损坏，读不出来。请重新下载或复制一份，或用 Excel/WPS 打开后另存为 .xlsx 再试。', 'This file is damaged and cannot be read. Copy it again, or open it in Excel or WPS and save it as .xlsx.'],
  'refusal.sheet_empty': ['这个文件里没有任何内容。请确认选对了文件。', 'There is nothing in this file. Check that it is the right one.'],
  'refusal.sheet_too_big': ['文件超过 {{max}} MB。请拆成几个文件分次导入。', 'The file is larger than {{max}} MB. Split it and import the parts one by one.'],
  'refusal.sheet_too_many_rows': ['表格超过 {{max}} 行。请拆成几个文件分次导入。', 'The sheet has more than {{max}} rows. Split it and import the parts one by one.'],
  'refusal.sheet_too_many_columns': ['表格超过 {{max}} 列。请删去用不到的列再导入。', 'The sheet has more than {{max}} columns. Remove the ones that are not needed.'],
  'refusal.sheet_cell_too_long': ['第 {{row}} 行第 {{column}} 列的内容过长（超过 32767 个字符）。请缩短后再导入。', 'Row {{row}}, column {{column}} holds more than 32,767 characters. Shorten it and import again.'],
  'refusal.sheet_bomb': ['这个文件展开后大得不正常，已停止读取，没有导入任何内容。请向提供者索要正常的表格。', 'This file unpacks to an abnormal size; reading was stopped and nothing was imported. Ask the sender for a normal workbook.'],
  'refusal.sheet_unsafe': ['这个文件含有不安全的结构，已拒绝读取。请用 Excel/WPS 打开后另存为新的 .xlsx。', 'This file has an unsafe structure and was not read. Open it in Excel or WPS and save it as a new .xlsx.'],
  'refusal.sheet_password': ['这个工作簿设有打开密码。请在 Excel/WPS 中去掉密码，另存后再导入。', 'This workbook is protected by a password. Remove the password in Excel or WPS, save, and import again.'],
  'refusal.sheet_old_xls': ['这是旧版 .xls（或 .et）文件。请在 Excel/WPS 中另存为 .xlsx 再导入。', 'This is an old .xls (or .et) file. Save it as .xlsx in Excel or WPS and import again.'],
  'refusal.sheet_html': ['这个文件其实是网页，只是改了扩展名。请用 Excel/WPS 打开后另存为 .xlsx。', 'This file is really a web page under another name. Open it in Excel or WPS and save it as .xlsx.'],
  'refusal.sheet_not_a_workbook': ['这不是表格文件。请选择 .xlsx 或 .csv 文件。', 'This is not a spreadsheet. Choose an .xlsx or .csv file.'],
  'refusal.sheet_csv_quote': ['第 {{line}} 行附近有一个引号没有成对，后面的内容分不开列。请改正后再导入，或另存为 .xlsx。', 'A quotation mark near line {{line}} is never closed, so the columns cannot be told apart. Correct it, or save as .xlsx.'],
  'refusal.sheet_no_such_sheet': ['文件里没有工作表“{{sheet}}”。请重新选择。', 'The file has no sheet "{{sheet}}". Choose again.'],
  'refusal.sheet_timeout': ['读取超过 {{seconds}} 秒，已停止，没有导入任何内容。请拆成小一些的文件。', 'Reading took longer than {{seconds}} seconds and was stopped; nothing was imported. Split the file.'],
  'refusal.sheet_too_much': ['这个文件超出了读取表格的内存上限，已停止，没有导入任何内容。请拆成小一些的文件。', 'This file needs more memory than reading a sheet may take; it was stopped and nothing was imported. Split the file.'],
});
