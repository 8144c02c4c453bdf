import { messages } from '../catalogue.ts';

export const locations = messages({
  'locations.title': ['地点', 'Locations'],
  'refusal.location_loop': ['不能把“{{name}}”放到它自己下面。', '"{{name}}" cannot be placed under itself.'],
  'refusal.location_in_use': [
    '“{{name}}”里还有 {{n}} 项内容（下级地点、设备或人员）。请先移走。',
    '"{{name}}" still holds {{n}} items (places, assets or people). Move them first.',
  ],
  'field.locations.parent_id': ['上级', 'Inside'],
  'field.locations.kind': ['类型', 'Kind'],
  'field.locations.name': ['名称', 'Name'],
  'field.locations.position': ['顺序', 'Order'],
  'field.locations.remark': ['备注', 'Remark'],
  'option.locations.kind.campus': ['校区/院区', 'Campus'],
  'option.locations.kind.building': ['楼栋', 'Building'],
  'option.locations.kind.floor': ['楼层', 'Floor'],
  'option.locations.kind.room': ['房间', 'Room'],
  'option.locations.kind.closet': ['弱电间', 'Closet'],
  'option.locations.kind.rack': ['机柜', 'Rack'],
});
