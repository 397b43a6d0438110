-- A ticket with its number, at the place that its arrival (see arrival) and head start give it; not yet in any
-- line. `slip`: the leased number that becomes it, else it gets the next of the series.
-- keys: tickets actives slips
local function new_ticket(id, facts, offered, legs, head_start_ms, came, slip)
  if redis.call('EXISTS', tickets .. id) == 1 then
    refuse('invalid_field', {field = 'ticket_id', why = 'taken'})
  end
  if slip then
    redis.call('HSET', slips .. facts.branch .. '/' .. day, slip.number, id)
  end
  redis.call('SADD', actives .. facts.branch, id)
  count(facts.branch, 'issued')
  legs[1].joined, legs[1].joined_time = came.at, came.time
  local letter = slip and slip.letter or offered.letter
  return {
    id = id, number = slip and slip.number or next_number(facts.branch, day, letter), letter = letter, day = day,
    branch = facts.branch, queue = offered.queue, service = legs[1].service,
    needs_power = offered.needs_power, version = 0, arrived = came.at, tie = offset + 1, placed = came.at,
    order = came.time - head_start_ms, head_start_ms = head_start_ms,
    since = branch_time(facts), recalls = 0, misses = 0, leg = 0, legs = legs,
  }
end
