-- The first of a line whose service goes on: its member and its order, nil if there is none.
local function first_served(name, facts)
  local step = facts.suspended and 20 or 1
  local from, found = 0, nil
  repeat
    found = redis.call('ZRANGE', name, from, from + step - 1, 'WITHSCORES')
    for index = 1, #found, 2 do
      if not facts.suspended or not is_suspended(facts, load_ticket(id_in(found[index])).service) then
        return found[index], tonumber(found[index + 1])
      end
    end
    from = from + step
  until #found < 2 * step or not facts.suspended
end
