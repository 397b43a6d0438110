-- Refuses where no row of the table starts in this state, or the row that does is not this role's. `name`:
-- ticket, desk or facts, `text` its JSON.
local function may_move(subject, state, name, text)
  local found = false
  for _, move in pairs(MOVES) do
    local roles = move.subject == subject and move.from[state]
    if roles then
      if roles[role] then
        return
      end
      found = true
    end
  end
  if found then
    refuse('forbidden', {role = role, action = VERB})
  end
  refuse(STATE_ERRORS[subject], {state = state}, '{"' .. name .. '":' .. text .. '}')
end
