-- A ticket with its number, at the place that its arrival and head start give it; not yet in any line.
-- keys: tickets actives
local function new_ticket(id, facts, offered, legs, head_start_ms)
  if redis.call('EXISTS', tickets .. id) == 1 then
    refuse('invalid_field', {field = 'ticket_id', why = 'taken'})
  end
  redis.call('SADD', actives .. facts.branch, id)
  count(facts.branch, 'issued')
  begin_leg(legs[1], facts)
  return {
    id = id, number = next_number(facts.branch, day, offered.letter), letter = offered.letter, day = day,
    branch = facts.branch, queue = offered.queue, service = legs[1].service,
    needs_power = offered.needs_power, version = 0, arrived = at, tie = offset + 1,
    order = branch_time(facts) - head_start_ms, head_start_ms = head_start_ms,
    since = branch_time(facts), recalls = 0, misses = 0, leg = 0, legs = legs,
  }
end
