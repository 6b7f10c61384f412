/** The figures of the burn-up: each day of payment, and of the coming days the last of each week. */
import type { FC } from 'hono/jsx';
import { isWorkingDay } from '../../../shared/law/working-days.ts';
import { addDays } from '../../../shared/calendar.ts';
import type { Forecast } from '../../../shared/completion/forecast.ts';
import { Day, Table } from '../elements.tsx';
import { type BurnUpFigures, cumulated, people, type Speaker } from './burn-up-figures.ts';

export const BurnUpTable: FC<{ visit: Speaker; figures: BurnUpFigures }> = ({ visit: { say }, figures }) => {
  const label = say('Bảng số liệu của biểu đồ', 'The figures of the chart');
  return (
    <details>
      <summary>{label}</summary>
      <p class="hint">
        {say(
          `Phải chi ${people(figures.people)} người. Đã qua: từng ngày có người nhận tiền. Sắp tới: ngày làm việc cuối mỗi tuần và ngày cuối của dự báo.`,
          `${people(figures.people)} people to be paid. Past: each day of payment. To come: each week's last working day and the forecast's last.`,
        )}
      </p>
      <Table label={label}>
        <thead>
          <tr>
            <th>{say('Ngày', 'Day')}</th>
            <th class="number">{say('Trong ngày', 'That day')}</th>
            <th class="number">{say('Cộng dồn', 'Together')}</th>
            <th class="number">{say('Dự báo thấp', 'Forecast, low')}</th>
            <th class="number">{say('Dự báo giữa', 'Forecast, middle')}</th>
            <th class="number">{say('Dự báo cao', 'Forecast, high')}</th>
          </tr>
        </thead>
        <tbody>
          {cumulated(figures.credited).map(({ day, people: together }, index) => (
            <tr>
              <td>
                <Day day={day} />
              </td>
              <td class="number">{people(figures.credited[index]?.people ?? 0)}</td>
              <td class="number">{people(together)}</td>
              <td class="number">–</td>
              <td class="number">–</td>
              <td class="number">–</td>
            </tr>
          ))}
          {weekly(figures.forecast).map(({ day, low, middle, high }) => (
            <tr>
              <td>
                <Day day={day} />
              </td>
              <td class="number">–</td>
              <td class="number">–</td>
              <td class="number">{people(low)}</td>
              <td class="number">{people(middle)}</td>
              <td class="number">{people(high)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
};

function weekly(forecast: Forecast) {
  if (forecast.outcome !== 'expected') return [];
  const last = forecast.coming.at(-1)?.day;
  return forecast.coming.filter(({ day }) => day === last || !isWorkingDay(addDays(day, 1)));
}
