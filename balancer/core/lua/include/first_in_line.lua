-- The id of the first over a desk's skills and the tickets bound to it; nil if nobody waits. Without power
-- those who need it are passed over, and so are those whose service was stopped.
-- keys: lines bounds
local function first_in_line(facts, holder)
  local names = {bounds .. branch .. '/' .. desk}
  for _, skill in ipairs(skills_of(holder)) do
    names[#names + 1] = lines .. branch .. '/' .. skill
  end
  local best, best_order
  local function look(name)
    local first, order = first_served(name, facts)
    if first and (not best or order < best_order or (order == best_order and first < best)) then
      best, best_order = first, order
    end
  end
  for _, name in ipairs(names) do
    look(name)
    if facts.power == 'on' then
      look(name .. ':power')
    end
  end
  return best and id_in(best)
end
