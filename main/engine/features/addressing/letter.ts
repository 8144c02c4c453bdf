/** The request of a department on paper: what is asked for above, the decision of the network centre below. */
import type { Paper } from '../../../../shared/paper.ts';
import type { ReadDb } from '../../db.ts';
import { refText } from '../../titles.ts';
import { boxes, heading, paperDay, paperOf, signatures, type Desk } from '../papers/desk.ts';
import type { RangeRequest } from './requests.ts';

/** Null: the empty form. */
export function requestLetter(desk: Desk, db: ReadDb, request: RangeRequest | null): Paper {
  const { t } = desk;
  const number = request?.number ?? '';
  const named = (table: string, id: string | null | undefined): string => (id ? refText(db, table, id) : '');
  const phone = request
    ? (db.value<string | null>('SELECT phone FROM people WHERE id = ?', request.person_id) ?? '')
    : '';
  const until = request?.until_on ? paperDay(desk, request.until_on) : request ? t('paper.dz.for_good') : '';
  const decided = request && request.state !== 'open' ? request.state : null;
  const tall = { wide: true, tall: true } as const;
  return paperOf(desk, 'DZ', {
    number,
    foot: { copies: t('paper.dz.copies') },
    sections: [
      {
        page: 'portrait',
        title: heading(desk, 'DZ'),
        under: [
          `${t('paper.unit')}${desk.unit}`,
          paperDay(desk, request?.asked_on ?? null),
          `${t('paper.number')}${number}`,
        ],
        blocks: [
          {
            kind: 'facts',
            columns: 2,
            facts: [
              { label: t('field.range_requests.department'), value: request?.department ?? '' },
              { label: t('field.range_requests.person_id'), value: named('people', request?.person_id) },
              { label: t('paper.f01.phone'), value: phone },
              { label: t('field.range_requests.location_id'), value: named('locations', request?.location_id) },
              { label: t('field.range_requests.addresses'), value: request ? String(request.addresses) : '' },
              { label: t('field.range_requests.subnet_id'), value: named('subnets', request?.subnet_id) },
              { label: t('field.range_requests.from_on'), value: paperDay(desk, request?.from_on ?? null) },
              { label: t('field.range_requests.until_on'), value: until },
              { label: t('field.range_requests.purpose'), value: request?.purpose ?? '', ...tall },
              { label: t('paper.remark'), value: request?.remark ?? '', ...tall },
            ],
          },
          {
            kind: 'facts',
            columns: 2,
            facts: [
              {
                label: t('paper.dz.decision'),
                value: boxes(
                  desk,
                  [
                    ['approved', t('paper.dz.approved')],
                    ['refused', t('paper.dz.refused')],
                  ],
                  decided,
                ),
                wide: true,
              },
              { label: t('field.range_requests.range_id'), value: named('address_ranges', request?.range_id) },
              { label: t('field.range_requests.decided_by'), value: request?.decided_by ?? '' },
              { label: t('field.range_requests.reason'), value: request?.reason ?? '', ...tall },
            ],
          },
          { kind: 'signatures', people: signatures(desk, 'applicant', 'head', 'centre') },
        ],
      },
    ],
  });
}
