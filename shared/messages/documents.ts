import { messages } from '../catalogue.ts';

export const documents = messages({
  'refusal.document_incomplete': [
    '单据 {{number}} 的内容还没有同步完整。请先同步，再打印。',
    'The content of {{number}} has not arrived in full. Sync first, then print.',
  ],
  'refusal.document_damaged': [
    '单据 {{number}} 的存档与校验值不符，不能打印。请用备份恢复。',
    'The stored copy of {{number}} does not match its checksum and cannot be printed. Restore from a backup.',
  ],
  'refusal.document_not_paper': [
    '{{number}} 是报送数据，不是可打印的单据。请用“导出”生成表格。',
    '{{number}} holds submitted data and is not a paper to print. Use "Export" to make the workbook.',
  ],
  'field.documents.number': ['编号', 'Number'],
  'field.documents.form': ['表单', 'Form'],
  'field.documents.title': ['标题', 'Title'],
  'field.documents.kind': ['种类', 'Kind'],
  'field.documents.made_on': ['日期', 'Date'],
  'field.documents.made_at': ['时间', 'Time'],
  'field.documents.author': ['制表人', 'Made by'],
  'field.documents.sha256': ['校验值', 'Checksum'],
  'field.documents.parts': ['分片数', 'Pieces'],
  'field.documents.voided': ['作废', 'Void'],
  'field.document_parts.document_id': ['单据', 'Document'],
  'field.document_parts.part': ['分片', 'Piece'],
  'field.document_parts.data': ['内容', 'Content'],
  'option.documents.kind.print': ['打印', 'Print'],
  'option.documents.kind.submission': ['报送', 'Submission'],
});
