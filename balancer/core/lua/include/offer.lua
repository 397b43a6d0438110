-- Where the branch serves a service: queue, letter, needs_power. Refuses what is not offered there.
local function offer(place, wanted)
  local found = setting('offer/' .. place .. '/' .. wanted)
  if not found then
    refuse(setting('service/' .. wanted) and 'service_not_offered' or 'unknown_service', {service = wanted})
  end
  return found
end
