-- When the visitor of a new ticket came, in city and in branch time: now, or the instant of today (city ms)
-- that the caller tells; a clock up to a minute ahead counts as right.
local function arrival(facts)
  if not arrived then
    return {at = at, time = branch_time(facts)}
  end
  if arrived < day_start then
    local why = {uk = 'це не сьогодні', en = 'that is not today'}
    refuse('invalid_field', {field = 'arrived', why = why})
  end
  if arrived > at + 60000 then
    local why = {uk = 'цей час ще не настав', en = 'that is still to come'}
    refuse('invalid_field', {field = 'arrived', why = why})
  end
  local came = math.min(arrived, at)
  return {at = came, time = past_branch_time(facts, came)}
end
