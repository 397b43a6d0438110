-- The verb's guards that ask the desk; `text` is its JSON.
local function ask_desk(desk_state, text)
  local shown = '{"desk":' .. text .. '}'
  if GUARDS.desk_closed and desk_state.state == 'closed' then
    refuse('desk_closed', nil, shown)
  end
  if GUARDS.desk_paused and desk_state.state == 'paused' then
    refuse('desk_paused', nil, shown)
  end
  if GUARDS.desk_busy and desk_state.ticket then
    refuse('desk_busy', nil, shown)
  end
end
