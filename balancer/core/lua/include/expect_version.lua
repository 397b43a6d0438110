-- Refuses a caller who has seen another version of what he changes. `name`: ticket, desk or facts; `text` its
-- JSON.
local function expect_version(name, subject, text)
  if expected and expected ~= subject.version then
    refuse('stale_version', nil, '{"' .. name .. '":' .. text .. '}')
  end
end
